/** The subscribers to one kind of news. */
export class Listeners<T> {
  readonly #set = new Set<(news: T) => void>();

  add(listener: (news: T) => void): () => void {
    // Wrapped, so that the same function subscribed twice is called twice and ends twice.
    const entry = (news: T) => listener(news);
    this.#set.add(entry);
    return () => void this.#set.delete(entry);
  }

  tell(news: T): void {
    for (const listener of [...this.#set]) listener(news);
  }
}
