declare global {
  namespace App {
    interface Error {
      /** A Failure code, shown small: what support needs to hear. */
      code?: string;
    }
  }
}

export {};
