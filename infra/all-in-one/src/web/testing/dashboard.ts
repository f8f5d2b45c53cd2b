import type { Page } from 'playwright-core';

/** Drives the dashboard in a browser, as a staff member would. */
export class Dashboard {
  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {}

  async open(path = ''): Promise<void> {
    await this.page.goto(`${this.url}/dashboard${path}`);
  }

  /** Signs in from the sign-in page, and waits for the first page. */
  async signIn(email: string, password: string): Promise<void> {
    await this.fillSignIn(email, password);
    await this.heading('Today').waitFor();
  }

  async fillSignIn(email: string, password: string): Promise<void> {
    await this.page.getByLabel('Email').fill(email);
    await this.page.getByLabel('Password').fill(password);
    await this.button('Sign in').click();
  }

  heading(name: string) {
    return this.page.getByRole('heading', { name, exact: true });
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  link(name: string) {
    return this.page.getByRole('link', { name, exact: true });
  }

  /** The region of the page that has this heading. */
  section(name: string) {
    return this.page.getByRole('region', { name, exact: true });
  }

  dialog(name: string | RegExp) {
    return this.page.getByRole('dialog', { name, exact: true });
  }
}
