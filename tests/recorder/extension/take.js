// Hands the trace so far to the driver.
globalThis.take = () => (globalThis.browser ?? globalThis.chrome).runtime.sendMessage('take');
document.documentElement.dataset.ready = '';
