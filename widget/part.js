/* Parts of the panel that are loaded only where they are wanted: the panel leaves a place for one, an element of this name, and the module
 * at the address draws it (`draw`). What it is about is the place's property, so that a receipt stands in no markup.
 */
export const part = (name, address) => customElements.define(name, class extends HTMLElement {
  async connectedCallback() {
    const { draw } = await import(address);
    if (this.isConnected) this.leave = draw(this, this.value);
  }
  disconnectedCallback() {
    this.leave?.();
  }
});
