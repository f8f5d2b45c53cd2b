import type { Page } from 'playwright-core';

/** Drives the store in a browser, as a buyer would. The expected texts are English. */
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

  /** Adds the product of the open page to the cart, and waits until the header shows the number of items. */
  async addToCart(units: number): Promise<void> {
    await this.button('Add to cart').click();
    const count = units === 1 ? 'Cart, 1 item' : `Cart, ${units} items`;
    await this.link(count).waitFor();
  }

  /** Fills in the checkout until the review of the order appears. */
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

  /** Chooses a language. @param menu the label of the menu, which differs by language */
  async chooseLanguage(menu: RegExp, language: string): Promise<void> {
    await this.page.getByRole('button', { name: menu }).click();
    await this.page.getByRole('menuitem', { name: language }).click();
  }
}
