/** A refused request, in the words of the vendor. */
export class VendorRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'VendorRefusal';
    this.status = status;
  }
}
