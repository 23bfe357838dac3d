/** The approval sheet of the simulated wallet: a modal dialog in a shadow root of its own. */
import { LABELS, type Language, nameOf } from './labels.ts';
import { sheetStyles } from './sheet.styles.ts';

export interface SheetContent {
  requester?: { name: string; subject: string } | undefined;
  documents: readonly {
    docType: string;
    elements: readonly { namespace: string; element: string; retain: boolean }[];
  }[];
  origin: string;
  /** Named on the sheet when the wallet is going to misbehave. */
  acting?: string | undefined;
}

export interface Sheet {
  /** true: approved; false: cancelled, by button or by Escape. */
  readonly decision: Promise<boolean>;
  /** Says that the answer is on its way. */
  busy(): void;
  /** Takes the sheet away and gives the focus back. */
  close(): void;
}

export function openSheet(content: SheetContent, language: Language): Sheet {
  const label = LABELS[language];
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheetStyles()];
  const approve = button(label.approve, 'approve');
  const cancel = button(label.cancel, 'cancel');
  const status = element('p', { className: 'status', role: 'status' });
  const heading = element('h2', {
    id: 'heading',
    textContent: label.heading(content.requester?.name ?? label.unsigned),
  });
  const dialog = element('dialog', { lang: language });
  dialog.setAttribute('aria-labelledby', 'heading');
  dialog.append(
    element('p', { className: 'badge', textContent: label.badge }),
    heading,
    requesterOf(content, label),
    ...content.documents.map((asked) => documentOf(asked, language)),
    ...(content.acting
      ? [element('p', { className: 'acting', textContent: label.acting(content.acting) })]
      : []),
    status,
    actions(cancel, approve),
  );
  root.append(dialog);
  document.body.append(host);
  const before = document.activeElement;
  dialog.showModal();
  return {
    decision: new Promise((resolve) => {
      approve.addEventListener('click', () => resolve(true), { once: true });
      cancel.addEventListener('click', () => resolve(false), { once: true });
      dialog.addEventListener('cancel', (event) => {
        event.preventDefault();
        resolve(false);
      });
    }),
    busy() {
      status.textContent = label.sending;
      for (const control of [approve, cancel]) control.disabled = true;
    },
    close() {
      dialog.close();
      host.remove();
      if (before instanceof HTMLElement) before.focus();
    },
  };
}

function requesterOf(
  { requester, origin }: SheetContent,
  label: (typeof LABELS)[Language],
): HTMLElement {
  const block = element('p', { className: requester ? 'requester' : 'requester unverified' });
  block.append(
    element('span', { textContent: requester ? label.verified : label.unverified }),
    element('code', { textContent: origin }),
  );
  return block;
}

function documentOf(
  { docType, elements }: SheetContent['documents'][number],
  language: Language,
): HTMLElement {
  const label = LABELS[language];
  const list = element('ul', {});
  for (const { element: name, retain } of elements) {
    const item = element('li', {});
    item.append(
      element('span', { textContent: nameOf(name, language) }),
      element('small', { textContent: retain ? label.kept : label.notKept }),
    );
    list.append(item);
  }
  const section = element('section', {});
  section.append(element('h3', { textContent: nameOf(docType, language) }), list);
  return section;
}

function actions(...buttons: readonly HTMLElement[]): HTMLElement {
  const row = element('div', { className: 'actions' });
  row.append(...buttons);
  return row;
}

const button = (text: string, className: string): HTMLButtonElement =>
  element('button', { type: 'button', textContent: text, className });

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(name), properties);
}
