import type { ja } from './ja-rare.ts';

export const en: typeof ja = {
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
  files: {
    heic: 'HEIC photos cannot be read. On an iPhone choose Settings, Camera, Formats, “Most Compatible”, or export it as JPEG.',
    unreadable: 'This photo could not be read. Please choose a JPEG, PNG or WebP.',
    large: 'The file is too large. Please choose one of up to 40 MB.',
    small: 'The photo is too small. Please choose the original.',
    repeated: 'This photo has been used already. Please choose another one.',
  },
  masks: {
    text: 'Move the black boxes over the following. What they cover is not sent.',
    keys: 'The white circle, or Shift and arrow keys, change its size.',
    box: (name) => `Box to cover: ${name}`,
    names: {
      'individual-number': 'My Number',
      'insurer-number': 'Insurer’s number',
      'insured-symbol': 'Symbol',
      'insured-number': 'Number and branch',
      'two-dimensional-code': 'Two-dimensional code',
    },
  },
};
