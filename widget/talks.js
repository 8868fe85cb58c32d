/* Where the panel leaves a place for the talk about its request, the talk is loaded: whoever has asked for nothing yet never loads it.
 * The panel gives the place the request and its receipt, `id:receipt`, as a property, so that they stand in no markup.
 */
export const talks = (address) => customElements.define("ringback-talk", class extends HTMLElement {
  async connectedCallback() {
    const { talk } = await import(address);
    if (this.isConnected) this.leave = talk(this, this.value);
  }
  disconnectedCallback() {
    this.leave?.();
  }
});
