/** What a file that was tried is not good for. */
import type { Language } from '../../../../i18n/language.ts';
import type { PanelView } from '../../../../ui/view.ts';
import type { FileTrouble } from '../capture/choose-file.ts';

interface FileMessages {
  readonly files: Readonly<Record<FileTrouble, string>>;
}

const MESSAGES: Readonly<Record<Language, FileMessages>> = {
  ja: {
    files: {
      heic: 'HEIC形式の写真は読み取れません。iPhoneの「設定」→「カメラ」→「フォーマット」で「互換性優先」を選ぶか、JPEGで書き出してください。',
      unreadable: 'この写真は読み取れませんでした。JPEG、PNG、WebPの写真を選んでください。',
      large: 'ファイルが大きすぎます。40MBまでの写真を選んでください。',
      small: '写真が小さすぎます。縮小する前の写真を選んでください。',
      repeated: 'この写真はもう使われています。別の写真を選んでください。',
    },
  },
  en: {
    files: {
      heic: 'HEIC photos cannot be read. On an iPhone choose Settings, Camera, Formats, “Most Compatible”, or export it as JPEG.',
      unreadable: 'This photo could not be read. Please choose a JPEG, PNG or WebP.',
      large: 'The file is too large. Please choose one of up to 40 MB.',
      small: 'The photo is too small. Please choose the original.',
      repeated: 'This photo has been used already. Please choose another one.',
    },
  },
};

export const fileProblem = (trouble: FileTrouble, { words, lang }: PanelView): string =>
  words('photo', MESSAGES[lang]).files[trouble];
