/** The photo method's own words; defines the keys. Short: they are read with a card in one hand. */

import type { Gesture, PhotoStep } from '../../../wire/photo.ts';
import type { Place } from '../analysis/glare.ts';
import type { Trouble } from '../camera/obstacle.ts';
import type { DocumentId, Mask } from '../documents.ts';
import type { FileTrouble } from '../shots/file.ts';
import type { GuidanceCode } from '../shots/guidance.ts';

interface StepWords {
  readonly heading: string;
  readonly hint: string;
  /** In lists. */
  readonly name: string;
}

interface TroubleWords {
  readonly heading: string;
  readonly text: string;
  readonly note?: string;
}

export const ja = {
  consent: {
    taken: '撮影するもの',
    document: '本人確認書類',
    face: '顔',
    gestures: '顔の動き（向きや表情）',
    begin: '撮影をはじめる',
    goOn: '続きから撮影する',
    resumed: '前に受け取った写真はそのまま使えます。',
    uses: '写真から、次の内容を担当者が確認します。',
    cardBack: 'マイナンバーカードの裏面は撮影しません。',
    shown: '写真は一枚ずつ、送る前にお見せします。位置情報などは消してから送ります。',
    time: '約5分かかります。結果は後日のことがあります。',
  },
  documents: {
    heading: 'どの書類を撮影しますか',
    camera: '次の画面で、ブラウザがカメラの使用をたずねます。「許可」を選んでください。',
    change: '別の書類にすると、撮影は最初からになります。',
    open: 'カメラを開く',
    goOn: '続ける',
    preparing: '準備しています',
    sides: { one: '表面だけ', two: '表面と裏面', page: '顔写真のページ' },
    noBack: '裏面は撮りません',
    thickness: '厚み',
    masks: '番号は隠せます',
  },
  names: {
    'driving-licence': '運転免許証',
    'driving-record-certificate': '運転経歴証明書',
    'my-number-card': 'マイナンバーカード',
    'residence-card': '在留カード',
    'special-permanent-resident-certificate': '特別永住者証明書',
    passport: 'パスポート',
    'health-insurance-eligibility': '健康保険の資格確認書',
  } satisfies Record<DocumentId, string>,
  steps: {
    front: {
      heading: 'おもて面を撮ります',
      hint: '枠に合わせて、文字と顔写真がはっきりうつるように。光の反射をさけます。',
      name: 'おもて面',
    },
    'data-page': {
      heading: '顔写真のページを撮ります',
      hint: 'ページ全体が枠に入るように、平らに開いてください。',
      name: '顔写真のページ',
    },
    thickness: {
      heading: 'カードの厚みを撮ります',
      hint: 'カードを机に置き、手前から見おろすようにスマホを傾けます。手前のふちと顔写真が、両方うつる角度です。',
      name: '厚み',
    },
    back: {
      heading: 'うら面を撮ります',
      hint: '裏返して、枠に合わせてください。',
      name: 'うら面',
    },
    face: {
      heading: '顔を撮ります',
      hint: '正面を向いて、だ円に顔を合わせてください。帽子やマスクははずします。',
      name: '顔',
    },
  } satisfies Record<PhotoStep, StepWords>,
  gestures: {
    turn_left: {
      heading: '左を向いてください',
      hint: 'あなたから見て左に、顔を少し向けます。',
      name: '左向き',
    },
    turn_right: {
      heading: '右を向いてください',
      hint: 'あなたから見て右に、顔を少し向けます。',
      name: '右向き',
    },
    look_up: {
      heading: '少し上を向いてください',
      hint: 'あごを少し上げます。',
      name: '上向き',
    },
    closer: {
      heading: '顔を近づけてください',
      hint: 'だ円からはみ出るくらいまで、カメラに近づきます。',
      name: '近く',
    },
    smile: {
      heading: 'ほほえんでください',
      hint: '正面を向いて、ほほえみます。',
      name: '笑顔',
    },
  } satisfies Record<Gesture, StepWords>,
  rail: '撮影の進みぐあい',
  station: (place: number, count: number, name: string, state: string): string =>
    `${count}枚のうち${place}枚目、${name}${state && `、${state}`}`,
  stationStates: { accepted: '撮影済み', skipped: '省略', current: '撮影中', open: '' },
  shoot: {
    opening: 'カメラを開いています',
    shutter: '撮影する',
    taking: '撮影しています',
    countdown: (seconds: number): string => `${seconds}秒後に撮影します`,
    auto: '条件がそろうと自動で撮影します。',
    timer: '「撮影する」を押すと、3秒後に撮ります。',
    torchOn: 'ライトをつける',
    torchOff: 'ライトを消す',
    lens: 'カメラを切り替える',
    file: '写真ファイルを選ぶ',
    phone: 'スマホで撮る',
    back: '前にもどる',
    cannot: 'この動きができないとき',
    viewfinder: 'カメラの映像',
    replaced: '別の動きにしました。',
    keep: '前の写真を使う',
  },
  advice: {
    not_found: '書類を枠に合わせてください',
    too_dark: '明るい場所で撮ってください',
    too_bright: '光が強すぎます',
    blurred: 'ピントが合っていません。少し離してください',
    glare: '光が反射しています',
    too_small: 'もう少し近づけてください',
    too_close: '少し離してください',
    cut_off: '全体が入るようにしてください',
    tilted: '真上から撮ってください',
    too_flat: 'もう少し手前から見おろしてください',
    too_steep: '傾けすぎです。少しもどしてください',
    moving: '動かさないでください',
    hold_still: 'そのまま動かさないで',
    good: 'きれいに写っています',
    no_face: '顔をだ円に合わせてください',
    several_faces: 'お一人で写ってください',
    face_small: 'もう少し顔を近づけてください',
    face_close: '少し離れてください',
    face_off: '顔をまん中に合わせてください',
    unmeasured: '「撮影する」を押してください',
  } satisfies Record<GuidanceCode, string>,
  faceReady: 'よければ「撮影する」を押してください',
  glareAt: (place: string): string => `${place}に光が反射しています`,
  places: {
    'top-left': '左上',
    top: '上',
    'top-right': '右上',
    left: '左',
    centre: 'まん中',
    right: '右',
    'bottom-left': '左下',
    bottom: '下',
    'bottom-right': '右下',
  } satisfies Record<Place, string>,
  look: {
    heading: 'この写真でよいですか',
    headingPoor: '撮り直しをおすすめします',
    alt: (name: string): string => `撮影した写真：${name}`,
    use: 'この写真を使う',
    useMasked: '隠して使う',
    useAnyway: 'このまま使う',
    working: '保存しています',
    retake: '撮り直す',
    size: (width: number, height: number): string => `${width} × ${height} ピクセル`,
    sharp: 'ピント',
    light: '明るさ',
    glare: '光の反射',
    outline: '書類の形',
    angle: '傾き',
    degrees: (degrees: number): string => `${degrees}°`,
    fine: 'よい',
    poor: '不十分',
    none: 'なし',
    present: 'あり',
    found: '全体',
    missing: '見つからない',
    unmeasured: 'この写真は自動では確かめられませんでした。文字が読めるか見てください。',
    readable: '文字と顔写真がはっきり読めるか、見てください。',
    faceSeen: '顔がはっきり見えるか、見てください。',
    reviewer: '担当者が目で確認します。',
    edgeTries: (left: number): string =>
      `ふちの厚みが見えていません。あと${left}回撮っても難しいときは、そのまま進めます。`,
  },
  masks: {
    heading: '番号を隠してください',
    text: '黒い枠を動かして、次の番号にかさねてください。隠した部分は送られません。',
    keys: '矢印キーで動かし、Shift と矢印キーで大きさを変えます。',
    box: (name: string): string => `「${name}」を隠す枠`,
    names: {
      'individual-number': '個人番号',
      'insurer-number': '保険者番号',
      'insured-symbol': '記号',
      'insured-number': '番号・枝番',
      'two-dimensional-code': '二次元コード',
    } satisfies Record<Mask, string>,
  },
  kept: {
    heading: 'この写真は受け取り済みです',
    text: '撮り直すこともできます。',
    next: '次へ進む',
    retake: '撮り直す',
  },
  summary: {
    heading: '撮影した写真を送ります',
    text: '選び直したい写真は、押すと撮り直せます。',
    send: 'この内容で送る',
    sending: (left: number): string => `写真を送っています（あと${left}枚）`,
    sent: '送信済み',
    onWay: '送信中',
    stalled: '通信が途切れています。つながると自動で続けます。写真はなくなりません。',
    skipped: '省略',
  },
  leave: 'やめる',
  other: 'ほかの方法にする',
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
    insecure: {
      heading: 'この画面ではカメラを使えません',
      text: '安全な接続（https）ではないため、ブラウザがカメラを使えないようにしています。',
    },
    in_app: {
      heading: 'Safari か Chrome で開いてください',
      text: 'アプリの中のブラウザなどでは、カメラを使えないことがあります。ここまでの情報はなくなりません。',
      note: 'メニューの「…」から「ブラウザで開く」を選ぶか、リンクをコピーして開いてください。',
    },
    embedded: {
      heading: '別の画面で開いてください',
      text: '別のページの中に表示されているため、カメラを使えません。このページだけを新しい画面で開いてください。',
    },
    lost: {
      heading: 'カメラの映像が届いていません',
      text: 'カメラのカバーや接続を確かめて、もう一度開いてください。別のカメラに切り替えることもできます。',
    },
  } satisfies Record<Trouble, TroubleWords>,
  files: {
    heic: 'HEIC形式の写真は読み取れません。iPhoneの「設定」→「カメラ」→「フォーマット」で「互換性優先」を選ぶか、JPEGで書き出してください。',
    unreadable: 'この写真は読み取れませんでした。JPEG、PNG、WebPの写真を選んでください。',
    large: 'ファイルが大きすぎます。40MBまでの写真を選んでください。',
    repeated: 'この写真はもう使われています。別の写真を選んでください。',
  } satisfies Record<FileTrouble, string>,
};
