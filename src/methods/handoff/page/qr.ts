/** QR codes, ISO/IEC 18004, as one path: black on white in every theme, for any camera. */
import { correction, generate } from 'lean-qr/nano';
import { svg, type TemplateResult } from 'lit';

/** Modules of light around the code, section 6.3.8. */
const QUIET = 4;

/** The modules as runs of each row: one subpath each. */
export function qrPath(link: string): { readonly path: string; readonly size: number } {
  const code = generate(link, { minCorrectionLevel: correction.M });
  const { size } = code;
  let path = '';
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!code.get(x, y) || code.get(x - 1, y)) continue;
      let width = 1;
      while (code.get(x + width, y)) width++;
      path += `M${x + QUIET} ${y + QUIET}h${width}v1h-${width}z`;
    }
  }
  return { path, size: size + 2 * QUIET };
}

/** @param label says what it is to people who do not see it; another way must stand beside it */
export function qrCode(link: string, label: string): TemplateResult {
  const { path, size } = qrPath(link);
  return svg`<svg class="qr" part="qr" role="img" aria-label=${label} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z" /><path d=${path} /></svg>`;
}
