/** What the first screen is compared with: a tiny card of Lit that asks nobody. */
import { css, html, LitElement } from 'lit';

class LitCard extends LitElement {
  static override styles = css`
    section {
      border: 1px solid;
      padding: 16px;
    }
  `;

  protected override render() {
    return html`<section><h2>本人確認</h2><button>はじめる</button></section>`;
  }
}

customElements.define('lit-card', LitCard);
