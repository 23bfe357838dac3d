import type { NextConfig } from 'next';

// The verifier stays one module in Node, as it is published, and is not bundled into each route.
export default { serverExternalPackages: ['id-verify'] } satisfies NextConfig;
