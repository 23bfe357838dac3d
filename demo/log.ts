/** One JSON object a line, on standard output. Nothing about a person, no tokens, no addresses. */
export function log<Event extends { readonly event: string }>(event: Event): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
}

/** Node's own warnings in the same form; the one about stripping types is known and chosen. */
export function logWarnings(): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    if (!message.startsWith('stripTypeScriptTypes')) log({ event: 'warning', name, message });
  });
}
