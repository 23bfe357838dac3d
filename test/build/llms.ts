/** llms.txt from custom-elements.json: the element in one page of text, for tools that read no manifest. */
interface Described {
  readonly name?: string;
  readonly description?: string;
  readonly type?: { readonly text?: string };
}

interface Element extends Described {
  readonly customElement?: boolean;
  readonly tagName?: string;
  readonly summary?: string;
  readonly attributes?: readonly Described[];
  readonly events?: readonly Described[];
  readonly slots?: readonly Described[];
  readonly cssParts?: readonly Described[];
  readonly cssProperties?: readonly Described[];
  readonly members?: readonly (Described & { readonly kind?: string })[];
}

export interface ElementManifest {
  readonly modules: readonly { readonly declarations?: readonly Element[] }[];
}

export function llmsText({ modules }: ElementManifest): string {
  const elements = modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter(({ tagName }) => tagName);
  const text = elements.map((element) =>
    [
      `# <${element.tagName}>\n\n${element.summary ?? element.description ?? ''}\n`,
      listed('Attributes', element.attributes),
      listed(
        'Properties',
        element.members?.filter(({ kind }) => kind === 'field'),
      ),
      listed(
        'Methods',
        element.members?.filter(({ kind }) => kind === 'method'),
      ),
      listed('Events', element.events),
      listed('Slots', element.slots),
      listed('CSS parts', element.cssParts),
      listed('CSS custom properties', element.cssProperties),
    ].join(''),
  );
  return `${text.join('\n')}
## Where to go on

- README.md: from an empty folder to a verified result, page and server
- demo/docs/testing.md: id-verify/testing and the command id-verify dev
- demo/docs/going-live.md: what to apply for, and where
`;
}

function listed(title: string, items: readonly Described[] = []): string {
  if (items.length === 0) return '';
  const lines = items.map(({ name, type, description }) => {
    const kind = type?.text ? ` (${type.text.replace(/\s+/g, ' ')})` : '';
    return `- ${name || '(default)'}${kind}${description ? `: ${description.replace(/\s+/g, ' ')}` : ''}\n`;
  });
  return `\n## ${title}\n\n${lines.join('')}`;
}
