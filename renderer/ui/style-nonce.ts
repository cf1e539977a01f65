/**
 * The nonce of this page's content security policy. The build writes it into `<meta property="csp-nonce">` as a
 * placeholder, the station replaces it for every response.
 */
export const styleNonce: string =
  typeof document === 'undefined'
    ? ''
    : (document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '');

/**
 * Gives every `<style>` the page makes this nonce. Ant Design takes one for its component styles, but its scroll lock
 * and its scroll-bar measuring make style elements without it, which the policy would then refuse.
 */
export function giveStylesTheNonce(): void {
  const create = document.createElement.bind(document) as (
    name: string,
    options?: ElementCreationOptions,
  ) => HTMLElement;
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (name.toLowerCase() === 'style') element.nonce = styleNonce;
    return element;
  }) as typeof document.createElement;
}
