/** What an operator writes in a profile about a rung that an app on a phone answers for. */
export interface HandoffSettings {
  /** Id of the provider to use, where several answer for this rung. Default: the first. */
  readonly provider?: string;
  /**
   * The QR code changes each second and no link is offered for copying. Default: as the provider
   * says.
   */
  readonly rotating?: 'required';
}
