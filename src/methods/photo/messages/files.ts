/** Words for a file that is not good; loaded when one is not. */
import type { FileTrouble } from '../shots/file.ts';

const ja = {
  files: {
    heic: 'HEIC形式の写真は読み取れません。iPhoneの「設定」→「カメラ」→「フォーマット」で「互換性優先」を選ぶか、JPEGで書き出してください。',
    unreadable: 'この写真は読み取れませんでした。JPEG、PNG、WebPの写真を選んでください。',
    large: 'ファイルが大きすぎます。40MBまでの写真を選んでください。',
    repeated: 'この写真はもう使われています。別の写真を選んでください。',
  } satisfies Record<FileTrouble, string>,
};

const en: typeof ja = {
  files: {
    heic: 'HEIC photos cannot be read. On an iPhone choose Settings, Camera, Formats, “Most Compatible”, or export it as JPEG.',
    unreadable: 'This photo could not be read. Please choose a JPEG, PNG or WebP.',
    large: 'The file is too large. Please choose one of up to 40 MB.',
    repeated: 'This photo has been used already. Please choose another one.',
  },
};

export const fileMessages = { ja, en };
