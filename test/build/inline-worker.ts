/** The script of a worker as a blob inside the one file, whose `integrity` then covers it too. */
import type { Plugin } from 'vite';

export function inlineWorker(): Plugin {
  return {
    name: 'inline-worker',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      for (const asset of Object.values(bundle)) {
        if (asset.type !== 'asset' || !asset.fileName.endsWith('.js')) continue;
        const blob = blobOf(String(asset.source));
        const chunk = chunks.find(({ code }) => code.includes(asset.fileName));
        if (!chunk) this.error(`${asset.fileName} is named by no chunk`);
        const name = asset.fileName.replaceAll('.', '\\.');
        const address = new RegExp(`new URL\\("${name}",import\\.meta\\.url\\)\\.href`);
        if (!address.test(chunk.code)) this.error(`${asset.fileName} is named in another way`);
        chunk.code = chunk.code.replace(address, () => blob);
        delete bundle[asset.fileName];
      }
    },
  };
}

const blobOf = (script: string): string =>
  `URL.createObjectURL(new Blob([${JSON.stringify(script)}],{type:"text/javascript"}))`;
