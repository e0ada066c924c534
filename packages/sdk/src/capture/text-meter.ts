/** Placeholder */
export class TextMeter {
  #length = 0;
  add(text: string): void {
    this.#length += text.length;
  }
  get tokens(): number {
    return Math.ceil(this.#length / 4);
  }
}
