/** A phone that takes over arrives with a one-use token in the fragment of the page's address. */

const LINK = /^#id-verify=([\w-]{22}\.[\w-]{43})$/;

/** Opened where the page stands already, a link is a visit like any other. */
const visit = (): void => {
  if (LINK.test(location.hash)) location.reload();
};

/**
 * The token, at once gone from the address bar and the history; undefined where there is none.
 * The name before it is `TRANSFER_FRAGMENT` of the wire, written here so that the first screen need
 * not load what else is there.
 */
export function takeTransfer(): string | undefined {
  addEventListener('hashchange', visit);
  const token = LINK.exec(location.hash)?.[1];
  if (token) history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}
