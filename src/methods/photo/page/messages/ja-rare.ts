/** Words most people never read: for a camera that does not come, files, numbers to cover. */

import type { Mask } from '../../documents.ts';
import type { Trouble } from '../camera/obstacle.ts';
import type { FileTrouble } from '../shots/file.ts';

export interface TroubleWords {
  readonly heading: string;
  readonly text: string;
  readonly note?: string;
}

export const ja = {
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
  } satisfies Record<Trouble, TroubleWords>,
  files: {
    heic: 'HEIC形式の写真は読み取れません。iPhoneの「設定」→「カメラ」→「フォーマット」で「互換性優先」を選ぶか、JPEGで書き出してください。',
    unreadable: 'この写真は読み取れませんでした。JPEG、PNG、WebPの写真を選んでください。',
    large: 'ファイルが大きすぎます。40MBまでの写真を選んでください。',
    small: '写真が小さすぎます。縮小する前の写真を選んでください。',
    repeated: 'この写真はもう使われています。別の写真を選んでください。',
  } satisfies Record<FileTrouble, string>,
  masks: {
    text: '黒い枠を動かして、次の番号にかさねてください。隠した部分は送られません。',
    keys: '大きさは、白い丸か、Shift と矢印キーで変えます。',
    box: (name: string): string => `「${name}」を隠す枠`,
    names: {
      'individual-number': '個人番号',
      'insurer-number': '保険者番号',
      'insured-symbol': '記号',
      'insured-number': '番号・枝番',
      'two-dimensional-code': '二次元コード',
    } satisfies Record<Mask, string>,
  },
};
