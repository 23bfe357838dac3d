/**
 * The cookie that ties a provider's callback to the browser that opened the link. It is no authority
 * over the session: without the callback's own secret it opens nothing.
 */
import type { HandoffDeployment } from './config.ts';

/** `__Host-` wherever there is https; a test on loopback or in the own network has none. */
const nameOf = ({ url }: Pick<HandoffDeployment, 'url'>, exchangeId: string): string =>
  `${url.startsWith('https:') ? '__Host-' : ''}id-verify-${exchangeId}`;

export function bindingCookie(
  handoff: Pick<HandoffDeployment, 'url'>,
  exchangeId: string,
  value: string,
  maxAge: number,
): string {
  const secure = handoff.url.startsWith('https:') ? '; Secure' : '';
  const seconds = Math.max(0, Math.ceil(maxAge / 1_000));
  return `${nameOf(handoff, exchangeId)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

/** The value this browser was given for an exchange. */
export function boundValue(
  handoff: Pick<HandoffDeployment, 'url'>,
  exchangeId: string,
  request: Request,
): string | undefined {
  const name = nameOf(handoff, exchangeId);
  const pairs = (request.headers.get('cookie') ?? '').split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
