import { it } from 'node:test';
import { killCancelled } from './cancelled.ts';

it('a session that was cancelled leaves nothing behind when the server is killed', async () => {
  for (let crash = 0; crash < 5; crash++) await killCancelled();
});
