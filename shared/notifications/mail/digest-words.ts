import type { MessageLanguage } from '../language.ts';
import { NBSP, two } from './said.ts';

const clock = (minute: number, sign: string): string => `${Math.floor(minute / 60)}${sign}${two(minute % 60)}`;

interface DigestWords {
  /** For dates, with the digits that the rest of the mail has. */
  readonly locale: string;
  hour(minute: number): string;
  readonly colon: string;
  /** Subject and fact: how many, of nobody in particular. */
  remarks(count: number): string;
  readonly preheader: string;
  /** After the first lines, when there are more. */
  more(count: number): string;
  readonly button: string;
  readonly hint: string;
  schools(count: number): string;
  /** Whom to ask, when several schools wrote. */
  readonly human: string;
  why(self: boolean): string;
  readonly stop: string;
  /** The page that the last line leads to, before and after its button. */
  readonly page: {
    readonly ask: string;
    readonly askSmall: string;
    readonly button: string;
    readonly done: string;
    readonly doneSmall: string;
    readonly unknown: string;
    readonly unknownSmall: string;
  };
}

export const DIGEST_WORDS: Readonly<Record<MessageLanguage, DigestWords>> = {
  fr: {
    locale: 'fr-FR',
    hour: (minute) => `${Math.floor(minute / 60)}${NBSP}h${minute % 60 === 0 ? '' : `${NBSP}${two(minute % 60)}`}`,
    colon: `${NBSP}: `,
    remarks: (count) => (count === 1 ? 'Une remarque de professeur' : `${count} remarques de professeurs`),
    preheader: 'Notée en cours, à lire aussi dans votre espace.',
    more: (count) => `et ${count} de plus dans votre espace`,
    button: 'Lire dans mon espace',
    hint: 'Avec votre mot de passe.',
    schools: (count) => `${count} établissements`,
    human: `Une question${NBSP}? Joignez l’établissement concerné.`,
    why: (self) =>
      `Pourquoi ce message${NBSP}? ${self ? 'Vous avez 18 ans ou plus, et l’établissement' : 'L’établissement'} vous montre ces remarques. Dans vos préférences, vous choisissez de les recevoir le soir, tout de suite ou pas du tout.`,
    stop: 'Ne plus les recevoir par courriel',
    page: {
      ask: 'Ne plus recevoir les remarques par courriel',
      askSmall: 'Elles restent à lire dans votre espace. Les absences, elles, vous sont toujours signalées.',
      button: 'Ne plus les recevoir',
      done: 'C’est fait',
      doneSmall: 'Vous ne recevrez plus les remarques par courriel. Vous pouvez y revenir dans vos préférences.',
      unknown: 'Ce lien n’a pas été reconnu',
      unknownSmall: 'Ouvrez-le depuis le courriel reçu, ou choisissez dans vos préférences.',
    },
  },
  en: {
    locale: 'en-GB',
    hour: (minute) => clock(minute, ':'),
    colon: ': ',
    remarks: (count) => (count === 1 ? 'A remark by a teacher' : `${count} remarks by teachers`),
    preheader: 'Noted in a lesson; to be read in your space as well.',
    more: (count) => `and ${count} more in your space`,
    button: 'Read in my space',
    hint: 'With your password.',
    schools: (count) => `${count} schools`,
    human: 'A question? Contact the school concerned.',
    why: (self) =>
      `Why this message? ${self ? 'You are 18 or older, and the' : 'The'} school shows you these remarks. In your preferences you choose to receive them in the evening, at once or not at all.`,
    stop: 'Receive them by mail no more',
    page: {
      ask: 'Receive remarks by mail no more',
      askSmall: 'They can still be read in your space. Of absences you are always told.',
      button: 'Stop these mails',
      done: 'Done',
      doneSmall: 'You will receive no more remarks by mail. You can change this in your preferences.',
      unknown: 'This link was not recognised',
      unknownSmall: 'Open it from the e-mail you received, or choose in your preferences.',
    },
  },
  pt: {
    locale: 'pt-PT',
    hour: (minute) => clock(minute, 'h'),
    colon: ': ',
    remarks: (count) => (count === 1 ? 'Uma observação de um professor' : `${count} observações de professores`),
    preheader: 'Anotada na aula; pode também lê-la no seu espaço.',
    more: (count) => `e mais ${count} no seu espaço`,
    button: 'Ler no meu espaço',
    hint: 'Com a sua palavra-passe.',
    schools: (count) => `${count} escolas`,
    human: 'Uma dúvida? Contacte a escola em questão.',
    why: (self) =>
      `Porquê esta mensagem? ${self ? 'Tem 18 anos ou mais e a' : 'A'} escola mostra-lhe estas observações. Nas suas preferências, escolhe recebê-las à noite, de imediato ou nunca.`,
    stop: 'Não as receber mais por correio eletrónico',
    page: {
      ask: 'Não receber mais as observações por correio eletrónico',
      askSmall: 'Continuam no seu espaço. As faltas são sempre comunicadas.',
      button: 'Não as receber mais',
      done: 'Está feito',
      doneSmall: 'Não receberá mais observações por correio eletrónico. Pode mudar isto nas suas preferências.',
      unknown: 'Esta ligação não foi reconhecida',
      unknownSmall: 'Abra-a a partir da mensagem recebida, ou escolha nas suas preferências.',
    },
  },
  ar: {
    locale: 'ar-u-nu-latn',
    hour: (minute) => clock(minute, ':'),
    colon: ': ',
    remarks: (count) => (count === 1 ? 'ملاحظة من أحد المدرسين' : `ملاحظات من المدرسين: ${count}`),
    preheader: 'سُجلت أثناء الدرس، ويمكنكم قراءتها في حسابكم.',
    more: (count) => `والباقي (${count}) في حسابكم`,
    button: 'القراءة في حسابي',
    hint: 'بكلمة المرور الخاصة بكم.',
    schools: (count) => `المؤسسات: ${count}`,
    human: 'سؤال؟ اتصلوا بالمؤسسة المعنية.',
    why: (self) =>
      `لماذا هذه الرسالة؟ ${self ? 'عمركم 18 سنة أو أكثر، و' : ''}تعرض المؤسسة عليكم هذه الملاحظات. تختارون في تفضيلاتكم تلقيها مساءً أو فورًا أو عدم تلقيها.`,
    stop: 'عدم تلقيها بالبريد الإلكتروني',
    page: {
      ask: 'عدم تلقي الملاحظات بالبريد الإلكتروني',
      askSmall: 'تبقى متاحة في حسابكم. أما الغياب فتُعلمون به دائمًا.',
      button: 'إيقاف هذه الرسائل',
      done: 'تم',
      doneSmall: 'لن تتلقوا الملاحظات بالبريد الإلكتروني بعد الآن. يمكنكم تغيير ذلك في تفضيلاتكم.',
      unknown: 'لم يُتعرف على هذا الرابط',
      unknownSmall: 'افتحوه من الرسالة التي تلقيتموها، أو اختاروا في تفضيلاتكم.',
    },
  },
};
