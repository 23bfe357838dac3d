/** What the server saw, step by step, beside the running element. */
import { make, tree } from './tree.ts';
import { CHECK_WORDS, type PageLanguage, SEEN_WORDS } from './words.ts';

interface Check {
  readonly id: string;
  readonly outcome: 'passed' | 'failed' | 'undetermined';
  readonly code?: string;
}

/** The answer of `GET /demo/inspect/{sessionId}`, as far as it is used here. */
export interface Inspection {
  readonly session: { readonly state: string };
  readonly asked: readonly { readonly requests: readonly { protocol: string; data: unknown }[] }[];
  readonly evidence: readonly {
    readonly seq: number;
    readonly method: string;
    readonly code?: string;
    readonly checks: readonly Check[];
    readonly request?: unknown;
    readonly envelope?: unknown;
  }[];
  readonly deviceResponse?: unknown;
  readonly operatorStatement?: unknown;
}

export interface Seen {
  readonly inspection?: Inspection | undefined;
  /** What the site's server got for the reference. */
  readonly result?: unknown;
}

export function showSeen(place: HTMLElement, seen: Seen, language: PageLanguage): void {
  const words = SEEN_WORDS[language];
  const { inspection, result } = seen;
  const steps: HTMLElement[] = [];
  const add = (heading: string, text: string, ...content: HTMLElement[]) =>
    steps.push(step(heading, text, content));

  const requests = inspection?.asked.at(-1)?.requests ?? [];
  const sent = inspection?.evidence.findLast((item) => item.request !== undefined);
  if (requests.length > 0) {
    add(
      words.asked,
      words.askedText,
      ...requests.map(({ protocol, data }) => opened(protocol, data)),
    );
  } else if (sent) {
    add(words.asked, words.askedText, opened(words.look, sent.request));
  }
  for (const item of inspection?.evidence ?? []) {
    if (item.envelope)
      add(
        `${words.evidence} (seq ${item.seq})`,
        words.evidenceText,
        opened(words.look, item.envelope),
      );
    if (item.checks.length > 0) {
      const reason = item.code ? [make('p', `${words.code}: ${item.code}`, 'reason')] : [];
      add(words.checks, words.checksText, checkList(item.checks, language), ...reason);
    }
  }
  if (inspection?.deviceResponse)
    add(words.document, words.documentText, opened(words.look, inspection.deviceResponse));
  if (inspection?.operatorStatement)
    add(words.statement, words.statementText, opened(words.look, inspection.operatorStatement));
  if (result !== undefined) add(words.result, words.resultText, opened(words.look, result));
  if (steps.length === 0) steps.push(make('li', words.nothing, 'nothing'));
  place.replaceChildren(...steps);
}

function step(heading: string, text: string, content: HTMLElement[]): HTMLElement {
  const item = document.createElement('li');
  item.append(make('h3', heading), make('p', text), ...content);
  return item;
}

function opened(title: string, value: unknown): HTMLElement {
  const details = document.createElement('details');
  details.className = 'decoded';
  details.append(make('summary', title), tree(value));
  return details;
}

const SHAPES = { passed: '✓', failed: '✕', undetermined: '?' } as const;

function checkList(checks: readonly Check[], language: PageLanguage): HTMLElement {
  const list = make('ul', '', 'checks');
  for (const { id, outcome, code } of checks) {
    const line = make('li', '', outcome);
    const shape = make('span', SHAPES[outcome], 'shape');
    shape.ariaHidden = 'true';
    const words = make('span', CHECK_WORDS[language][id] ?? id);
    words.title = id;
    const said = outcome === 'passed' || !code ? '' : ` ${code}`;
    line.append(shape, words, make('small', SEEN_WORDS[language].outcome[outcome] + said));
    list.append(line);
  }
  return list;
}
