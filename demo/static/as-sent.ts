/** A request of the page as a server would get it. */

/**
 * With the path below the site's folder and with `Origin`, which a browser adds on the way, and which
 * a page cannot put into a `Request`.
 */
export async function asSent(request: Request, folder: string): Promise<Request> {
  const url = new URL(request.url);
  url.pathname = url.pathname.slice(folder.length);
  const { method } = request;
  const body = method === 'GET' || method === 'HEAD' ? null : await request.arrayBuffer();
  const sent = new Request(url, { method, body, headers: request.headers, signal: request.signal });
  const headers = new Headers(request.headers);
  headers.set('origin', location.origin);
  return Object.defineProperty(sent, 'headers', { value: headers });
}
