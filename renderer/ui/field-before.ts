type Field = HTMLInputElement | HTMLTextAreaElement;

/**
 * A text field as it was before a scanner typed into it. A scan never belongs to the field that happens to have the
 * cursor, and under a Chinese input method it would leave candidates and characters there.
 */
export class FieldBefore {
  readonly #field: Field;
  readonly #value: string;

  private constructor(field: Field) {
    this.#field = field;
    this.#value = field.value;
  }

  /** Null for what is no text field. */
  static of(target: EventTarget | null): FieldBefore | null {
    const isText =
      target instanceof HTMLTextAreaElement ||
      (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|file|range)$/.test(target.type));
    return isText ? new FieldBefore(target) : null;
  }

  restore(): void {
    const field = this.#field;
    const hadFocus = document.activeElement === field;
    // Losing the focus ends a composition; what it leaves behind is in the field then, and can be taken out.
    field.blur();
    this.#write();
    if (hadFocus) field.focus();
    // Some input methods write once more when the key that ended the scan reaches them.
    setTimeout(() => this.#write(), 0);
  }

  /** As if typed: the form's own state follows. */
  #write(): void {
    const field = this.#field;
    if (!field.isConnected || field.value === this.#value) return;
    const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, this.#value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}
