/** Why a camera does not come, in words. */
import type { Language } from '../../../../i18n/language.ts';
import type { Trouble } from '../camera-obstacle.ts';

interface TroubleMessages {
  readonly retry: string;
  readonly copy: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly troubles: Readonly<
    Record<Trouble, { readonly heading: string; readonly text: string; readonly note?: string }>
  >;
}

export const troubleMessages: Readonly<Record<Language, TroubleMessages>> = {
  ja: {
    retry: 'もう一度開く',
    copy: 'リンクをコピー',
    copied: 'リンクをコピーしました。',
    notCopied: 'コピーできませんでした。アドレス欄のリンクをコピーしてください。',
    troubles: {
      denied: {
        heading: 'カメラが許可されていません',
        text: 'ブラウザの設定で、このサイトのカメラを「許可」にしてから、もう一度開いてください。',
        note: 'iPhone：アドレス欄の左のアイコン→「Webサイトの設定」→カメラ。Android・パソコン：アドレス欄の左のアイコン→「権限」→カメラ。',
      },
      dismissed: {
        heading: 'カメラの許可が必要です',
        text: 'もう一度開き、ブラウザがたずねたら「許可」を選んでください。',
      },
      none: {
        heading: 'カメラが見つかりません',
        text: 'カメラをつなぐと、自動で続けます。',
      },
      busy: {
        heading: 'カメラが別のアプリで使われています',
        text: 'ビデオ通話など、カメラを使っているアプリやタブを閉じて、もう一度開いてください。',
      },
      in_app: {
        heading: 'Safari か Chrome で開いてください',
        text: 'アプリの中のブラウザなどでは、カメラを使えないことがあります。',
        note: 'メニューの「…」から「ブラウザで開く」を選ぶか、リンクをコピーして開いてください。',
      },
      embedded: {
        heading: '別の画面で開いてください',
        text: '別のページの中に表示されているため、カメラを使えません。このページだけを新しい画面で開いてください。',
      },
      lost: {
        heading: 'カメラの映像が届いていません',
        text: 'カメラのカバーや接続を確かめて、もう一度開いてください。',
      },
    },
  },
  en: {
    retry: 'Open again',
    copy: 'Copy link',
    copied: 'Link copied.',
    notCopied: 'It could not be copied. Please copy the link from the address bar.',
    troubles: {
      denied: {
        heading: 'The camera is not allowed',
        text: 'Allow the camera for this site in your browser’s settings, then open it again.',
        note: 'iPhone: the icon left of the address, Website Settings, Camera. Android and computers: the icon left of the address, Permissions, Camera.',
      },
      dismissed: {
        heading: 'The camera needs your permission',
        text: 'Open it again and choose “Allow” when your browser asks.',
      },
      none: {
        heading: 'No camera was found',
        text: 'It goes on by itself once a camera is connected.',
      },
      busy: {
        heading: 'Another app is using the camera',
        text: 'Close the app or tab that uses it, a video call for example, and open it again.',
      },
      in_app: {
        heading: 'Open this page in Safari or Chrome',
        text: 'Browsers inside apps often cannot use the camera.',
        note: 'Choose “Open in browser” from the menu, or copy the link and open it there.',
      },
      embedded: {
        heading: 'Open this page on its own',
        text: 'It is shown inside another page and cannot use the camera. Open it in a new window.',
      },
      lost: {
        heading: 'No picture comes from the camera',
        text: 'Check its cover and its connection, then open it again.',
      },
    },
  },
};
