/** The subscribers to one kind of news. What one of them throws is its own fault: the teller and the others go on. */
export class Listeners<T> {
  readonly #set = new Set<(news: T) => void>();

  add(listener: (news: T) => void): () => void {
    // Wrapped, so that the same function subscribed twice is called twice and ends twice.
    const entry = (news: T) => listener(news);
    this.#set.add(entry);
    return () => void this.#set.delete(entry);
  }

  tell(news: T): void {
    for (const listener of [...this.#set]) {
      try {
        listener(news);
      } catch (error) {
        console.error(
          "the reader's news could not be taken up:",
          error instanceof Error ? error.message : typeof error,
        );
      }
    }
  }
}
