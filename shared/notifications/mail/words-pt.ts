import { type LocalDate, weekday } from '../../kernel/index.ts';
import { agree, capital, NBSP, NOON, partsOf, type Said, two, type Words } from './said.ts';

const DAYS = ['segunda-feira', 'terça-feira', 'quarta-feira', 'quinta-feira', 'sexta-feira', 'sábado', 'domingo'];
const SHORT = ['seg.', 'ter.', 'qua.', 'qui.', 'sex.', 'sáb.', 'dom.'];
const MONTHS = [
  'janeiro',
  'fevereiro',
  'março',
  'abril',
  'maio',
  'junho',
  'julho',
  'agosto',
  'setembro',
  'outubro',
  'novembro',
  'dezembro',
];

const hourOf = (minute: number): string => `${Math.floor(minute / 60)}h${two(minute % 60)}`;
const dateOf = (date: LocalDate): string => {
  const [, month, day] = partsOf(date);
  return `${DAYS[weekday(date) - 1]}, ${day}${NBSP}de ${MONTHS[month - 1]}`;
};
const short = ({ date, minute }: Said): string => `(${SHORT[weekday(date) - 1]} ${hourOf(minute)})`;
const when = ({ date, minute, sameDay }: Said): string =>
  `${sameDay ? (minute < NOON ? 'esta manhã' : 'esta tarde') : dateOf(date)} às ${hourOf(minute)}`;

export const PT: Words = {
  absence(said) {
    const { name, sex, self } = said;
    const unseen = sex
      ? `${self ? 'Não foi' : `${name} não foi`} ${agree(sex, 'vista', 'visto')} na aula ${when(said)}.`
      : `Não vimos ${self ? 'a sua presença' : name} na aula ${when(said)}.`;
    return {
      subjects: [`{} não está na aula ${short(said)}`],
      fact: unseen,
      preheader: self ? 'A sua falta à aula.' : 'Não vimos a criança na aula.',
      detail: [
        `${capital(dateOf(said.date))}${said.subject === '' ? '' : `, ${said.subject}`}.`,
        ...(said.savedMinute === undefined ? [] : [`Chamada feita às ${hourOf(said.savedMinute)}.`]),
        ...(said.seenBefore ? ['Presença registada mais cedo no mesmo dia.'] : []),
      ].join(' '),
      button: 'Responder com um toque',
      hint: self ? 'Sem palavra-passe.' : 'Sem palavra-passe. Também pode dizer que não sabia.',
    };
  },
  arrived: (said) => ({
    subjects: [`{} chegou ${short(said)}`],
    fact: `${said.self ? 'A sua chegada foi registada' : `${said.name} chegou`} às ${hourOf(said.minute)}${said.sameDay ? '' : `, ${dateOf(said.date)}`}.`,
    preheader: said.self ? 'A sua chegada está registada.' : 'A criança está na aula.',
    detail: 'Esta mensagem segue-se à que assinalava uma falta.',
    button: 'Indicar o motivo',
    hint: 'Sem palavra-passe.',
  }),
  'wrongly-marked': (said) => ({
    subjects: [`Retificação: {} estava na aula ${short(said)}`, `Retificação: {} na aula ${short(said)}`, `Retificação: {} ${short(said)}`],
    fact: `Retificação: ${said.self ? 'estava' : `${said.name} estava`} na aula ${said.sameDay ? '' : `${dateOf(said.date)} `}às ${hourOf(said.minute)}.`,
    preheader: 'Erro nosso na mensagem anterior.',
    detail: 'Foi um erro nosso. Não tenha em conta a nossa mensagem. Não precisa de fazer nada.',
    button: '',
    hint: '',
  }),
  'not-held': (said) => ({
    subjects: [`Retificação: {} não tinha aula ${short(said)}`, `{}: não houve aula ${short(said)}`, `{} ${short(said)}`],
    fact: `Retificação: a aula ${said.sameDay ? '' : `de ${dateOf(said.date)} `}das ${hourOf(said.minute)} não se realizou.`,
    preheader: 'A aula da nossa mensagem anterior não se realizou.',
    detail: 'A falta que assinalámos não conta. Não precisa de fazer nada.',
    button: '',
    hint: '',
  }),
  'not-absent': (said) => ({
    subjects: [`Retificação: nenhuma falta de {} ${short(said)}`, `{}: nenhuma falta ${short(said)}`, `{} ${short(said)}`],
    fact: `Retificação: ${said.self ? '' : `${said.name} `}não estava na aula ${said.sameDay ? '' : `de ${dateOf(said.date)} `}das ${hourOf(said.minute)}, e a escola sabia-o.`,
    preheader: 'A falta da nossa mensagem anterior não conta.',
    detail: 'A falta que assinalámos não conta. Não precisa de fazer nada.',
    button: '',
    hint: '',
  }),
  office: { secondary: 'Vida escolar', primary: 'Direção' },
  hello: (who) => `Bom dia${who === '' ? '' : ` ${who}`},`,
  human: (phone) =>
    phone === undefined
      ? { before: 'Uma dúvida, um erro? Responda a esta mensagem: a escola irá lê-la.', after: '' }
      : { before: 'Uma dúvida, um erro? Ligue para a escola: ', after: ', ou responda a esta mensagem.' },
  why: (name, self) =>
    self
      ? 'Porquê esta mensagem? Tem 18 anos ou mais: a escola avisa-o de cada falta.'
      : `Porquê esta mensagem? É responsável por ${name}: a escola tem de avisar de cada falta.`,
  otherLanguage: { language: 'fr', words: 'Pour recevoir ces messages en français, répondez à celui-ci.' },
};
