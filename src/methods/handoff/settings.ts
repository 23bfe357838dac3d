/** What an operator writes in a profile about a rung that an app on a phone answers for. */
export interface HandoffSettings {
  /** Id of the provider to use, where several answer for this rung. Default: the first. */
  readonly provider?: string;
  /**
   * The QR code changes each second and no link is offered for copying. Default: as the provider
   * says.
   */
  readonly rotating?: 'required';
  /**
   * Offers this way although the profile asks for yes or no only, and this way shows more than that to
   * those on it. Without it such a profile does not offer it.
   */
  readonly revealsMore?: true;
}
