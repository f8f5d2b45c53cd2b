import type { Page } from 'playwright-core';

/** The store in a browser, as a buyer uses it. Texts are the English ones. */
export class Store {
  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {}

  async open(path = '/'): Promise<void> {
    await this.page.goto(`${this.url}/store${path}`);
  }

  heading(name: string | RegExp) {
    return this.page.getByRole('heading', { name, exact: true });
  }

  button(name: string | RegExp) {
    return this.page.getByRole('button', { name, exact: true });
  }

  link(name: string) {
    return this.page.getByRole('link', { name, exact: true });
  }

  /** Adds the product of the open page to the cart, and waits until the header counts it. */
  async addToCart(units: number): Promise<void> {
    await this.button('Add to cart').click();
    const count = units === 1 ? 'Cart, 1 item' : `Cart, ${units} items`;
    await this.link(count).waitFor();
  }

  /** Fills in the checkout up to the review. */
  async fillCheckout(email: string): Promise<void> {
    await this.open('/checkout');
    await this.chooseCountry('Germany');
    const values = {
      Email: email,
      'Full name': 'Ada Buyer',
      'Street and number': 'Main Street 1',
      'Postal code': '10115',
      City: 'Berlin',
    };
    for (const [label, value] of Object.entries(values)) await this.page.getByLabel(label, { exact: true }).fill(value);
    await this.button('Continue to shipping').click();
    await this.page.getByRole('radio', { name: /Standard/ }).click();
    await this.button(/^Place order for/).waitFor();
  }

  async chooseCountry(name: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Country or region' }).click();
    await this.page.getByPlaceholder('Search a country').fill(name);
    await this.page.getByRole('option', { name, exact: true }).click();
  }

  /** Chooses a language in the menu, whose name differs by language. */
  async chooseLanguage(menu: RegExp, language: string): Promise<void> {
    await this.page.getByRole('button', { name: menu }).click();
    await this.page.getByRole('menuitem', { name: language }).click();
  }
}
