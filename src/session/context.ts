import { createContext } from '@lit/context';
import type { Session } from './api.ts';

/** The session of the nearest `<id-verify>` above. */
export const sessionContext = createContext<Session>(Symbol('id-verify session'));
