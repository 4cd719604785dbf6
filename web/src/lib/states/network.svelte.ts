let online = $state(typeof navigator === 'undefined' || navigator.onLine);

if (typeof addEventListener === 'function') {
  addEventListener('online', () => (online = true));
  addEventListener('offline', () => (online = false));
}

/** Whether this device has a network, as far as it knows. */
export const network = {
  get online() {
    return online;
  },
};
