/** The last few results, so that turning the page and counting the filters do not search again. */
export class Recent<Value> {
  private readonly most: number
  private readonly held = new Map<string, Value>()

  constructor(most: number) {
    this.most = most
  }

  get(key: string, make: () => Value): Value {
    const held = this.held.get(key)
    const value = held ?? make()
    this.held.delete(key)
    this.held.set(key, value)
    if (this.held.size > this.most) {
      for (const oldest of this.held.keys()) {
        this.held.delete(oldest)
        break
      }
    }
    return value
  }

  values(): Iterable<Value> {
    return this.held.values()
  }

  forget(): void {
    this.held.clear()
  }
}
