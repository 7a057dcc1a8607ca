/** Whole numbers of 16 or 32 bits, as many as come, without an object for each. */
export class GrowingNumbers<Held extends Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>> {
  length = 0
  private held: Held
  private readonly make: (length: number) => Held

  constructor(make: (length: number) => Held) {
    this.make = make
    this.held = make(1024)
  }

  push(value: number): void {
    if (this.length === this.held.length) {
      const larger = this.make(Math.ceil(this.held.length * 1.5))
      larger.set(this.held)
      this.held = larger
    }
    this.held[this.length] = value
    this.length += 1
  }

  /** A view on what is there; what is pushed later may not appear in it. */
  view(): Held {
    const { buffer } = this.held
    return this.held instanceof Uint16Array
      ? (new Uint16Array(buffer, 0, this.length) as Held)
      : (new Uint32Array(buffer, 0, this.length) as Held)
  }
}
