/** One person on one database file who gives a document and then leaves; then nothing until killed. */
import { sqliteStore } from '../../src/store/sqlite.ts';
import { Page, site } from '../verifier/harness.ts';

const shop = site({ store: sqliteStore(process.argv[2] ?? '') });
const page = await Page.open(shop);
await page.evidence(await page.present(await page.requests()));
process.stdout.write('held\n');
for await (const _ of process.stdin) break;
const { status } = await page.call('', { method: 'DELETE' });
process.stdout.write(`${status}\n`);
setInterval(() => undefined, 1_000);
