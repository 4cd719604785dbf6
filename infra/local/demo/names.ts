/** Common names of France's many origins, put together by chance: nobody in particular is meant. */
const words = (list: string): readonly string[] => list.trim().split(/\s+/);

export const FAMILY_NAMES = words(`
  MARTIN BERNARD THOMAS PETIT ROBERT RICHARD DURAND DUBOIS MOREAU LAURENT SIMON MICHEL LEFEBVRE LEROY ROUX DAVID BERTRAND MOREL FOURNIER GIRARD
  BONNET DUPONT LAMBERT FONTAINE ROUSSEAU VINCENT MULLER LEFEVRE FAURE ANDRE MERCIER BLANC GUERIN BOYER GARNIER CHEVALIER FRANCOIS LEGRAND GAUTHIER GARCIA
  PERRIN ROBIN CLEMENT MORIN NICOLAS HENRY ROUSSEL MATHIEU GAUTIER MASSON MARCHAND DUVAL DENIS DUMONT MARIE LEMAIRE NOEL MEYER DUFOUR MEUNIER
  BRUN BLANCHARD GIRAUD JOLY RIVIERE LUCAS BRUNET GAILLARD BARBIER ARNAUD MARTINEZ GERARD ROCHE RENARD SCHMITT ROY LEROUX COLIN VIDAL CARON
  BENALI HADDAD BELKACEM BOUZID MANSOURI CHERIF SAIDI HAMDI TOURE DIALLO TRAORE COULIBALY KEITA CAMARA NDIAYE DIOP SOW BA KONE CISSE
  NGUYEN TRAN PHAM LE LY CHEN WANG LIU ZHANG KIM YILMAZ KAYA DEMIR OZTURK ARSLAN SILVA PEREIRA FERREIRA RODRIGUES COSTA
  ROSSI FERRARI RUSSO LOPEZ SANCHEZ FERNANDEZ PEREZ GOMEZ KOWALSKI NOWAK POPESCU IONESCU SINGH KUMAR RAHMAN HOARAU PAYET GRONDIN BOYER RIVIERE
  LE-GALL KERVELLA LE-GOFF TANGUY RIOU GUILLOU PRIGENT LE-ROUX JAOUEN MADEC ETCHEVERRY SALLABERRY CASANOVA SANTONI WEBER KLEIN SCHNEIDER WOLFF D’HERVÉ O’BRIEN
`).map((name) => name.normalize('NFD').replace(/\p{M}/gu, '').replace('’', "'").replace('LE-', 'LE '));

export const GIRLS = words(`
  Emma Jade Louise Alice Chloé Lina Léa Manon Inès Camille Sarah Zoé Juliette Anna Lola Rose Agathe Eva Nina Léonie Maëlys Yasmine Romane Jeanne Margaux
  Clémence Élise Charlotte Assia Nour Aya Myriam Salomé Lou Victoire Apolline Héloïse Maïssa Fatoumata Aminata Awa Khadija Amina Mei Linh Zeynep Elif Ana Sofia Beatriz
  Maëva Océane Noémie Capucine Gabrielle Adèle Constance Soline Enora Maïwenn Giulia Chiara Paola Lucía Zofia Ioana Anouk Éléonore Lætitia Priya Divya Leïla Sirine Rania Hana
`);

export const BOYS = words(`
  Gabriel Raphaël Léo Louis Lucas Adam Hugo Jules Arthur Maël Liam Ethan Paul Nathan Gabin Sacha Noah Tom Mohamed Aaron Théo Noé Martin Mathis Timéo
  Ayden Nolan Yanis Rayan Ibrahim Amadou Mamadou Moussa Ousmane Ismaël Bilal Ilyes Karim Samy Naël Antoine Maxime Victor Baptiste Clément Valentin Augustin Côme Eliott Loïc
  Malo Ewen Titouan Yann Matéo Enzo Léon Oscar Marius Joseph Émile Félix Simon Basile Minh Huy Wei Jun Emre Mert Tiago João Luca Matteo Jakub Andrei Arjun Rohan François
`);

export const MOTHERS = words(`
  Céline Sandrine Stéphanie Virginie Aurélie Émilie Audrey Delphine Karine Laëtitia Julie Sophie Caroline Hélène Nathalie Claire Marie Anne Isabelle Élodie Séverine Vanessa
  Fatima Nadia Samira Khadija Malika Naïma Aïcha Fatou Mariam Aminata Rokia Binta Thu Hoa Li Ying Ayşe Emine Maria Ana Carla Paola Elena Katarzyna Mihaela Sunita Cindy Gaëlle Nolwenn Anaïs
`).map((name) => name.replace('ş', 's'));

export const FATHERS = words(`
  Christophe Nicolas Stéphane David Sébastien Frédéric Laurent Julien Olivier Jérôme Cédric Guillaume Vincent Thomas Benoît Ludovic Fabien Grégory Mickaël Arnaud Jean Philippe Éric Franck
  Mohamed Karim Rachid Hassan Youssef Abdel Mamadou Ousmane Ibrahima Moussa Seydou Minh Tuan Wei Jian Mehmet Mustafa Manuel José Carlos Marco Paolo Piotr Radu Rajesh Gaël Erwan Loïc Denis
`);

export const STREETS = [
  'RUE DES TILLEULS',
  'RUE DU LAVOIR',
  'AVENUE DES ÉCOLES',
  'PLACE DU MARCHÉ',
  'IMPASSE DES ACACIAS',
  'CHEMIN DU MOULIN',
  'RUE DE LA FONTAINE',
  'ALLÉE DES CERISIERS',
  'BOULEVARD DU CANAL',
  'RUE JEAN-JAURÈS',
  'RUE DES CHARMES',
  'SQUARE DU PARC',
] as const;

/** Letters that a mail address or a login may have. */
export const plain = (name: string): string =>
  name
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
