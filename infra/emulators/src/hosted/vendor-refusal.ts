/** Thrown when the vendor refuses a request. The message is the vendor's own text. */
export class VendorRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'VendorRefusal';
    this.status = status;
  }
}
