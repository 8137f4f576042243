// Before a page is printed every fold is opened, for browsers that print closed ones as closed; then closed again.
(() => {
  const closed = [];
  addEventListener('beforeprint', () => {
    for (const one of document.querySelectorAll('details:not([open])')) {
      one.open = true;
      closed.push(one);
    }
  });
  addEventListener('afterprint', () => {
    while (closed.length) closed.pop().open = false;
  });
})();
