import type { ReactNode } from 'react';

export const metadata = { title: 'id-verify, Next.js' };

export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="ja">
      <head>
        {/* The simulated wallet. In production this line goes. */}
        <script type="module" src="/testing/wallet.js" />
      </head>
      <body>{children}</body>
    </html>
  );
}
