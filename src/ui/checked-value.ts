/** What is chosen on the panel whose button was pressed. */
export function checkedValue({ currentTarget }: Event): string | undefined {
  const panel = (currentTarget as HTMLElement).closest('.panel');
  return panel?.querySelector<HTMLInputElement>('input:checked')?.value;
}
