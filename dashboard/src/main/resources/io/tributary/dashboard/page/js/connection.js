// The stream of changes. It comes back by itself; meanwhile the page says that it is old.

const SILENCE_MILLIS = 7000;
const RETRY_MILLIS = 2000;

/**
 * Keeps a stream open.
 *
 * @param onMessage takes each message
 * @param onLost told the time of the last message when the connection is lost, and null when it is back
 */
export function connect(onMessage, onLost) {
  let source = null;
  let last = null;
  let lost = false;
  let retry = null;

  function open() {
    clearTimeout(retry);
    source?.close();
    source = new EventSource("events");
    const heard = () => {
      last = Date.now();
      if (lost) {
        lost = false;
        onLost(null);
      }
    };
    source.addEventListener("state", event => {
      heard();
      onMessage(JSON.parse(event.data));
    });
    source.addEventListener("beat", heard);
    source.addEventListener("error", fail);
  }

  function fail() {
    if (!lost) {
      lost = true;
      onLost(last ?? 0);
    }
    // A browser gives up on some errors, and waits long after others.
    source.close();
    clearTimeout(retry);
    retry = setTimeout(open, RETRY_MILLIS);
  }

  open();
  setInterval(() => {
    if (!lost && last != null && Date.now() - last > SILENCE_MILLIS) fail();
  }, 1000);
  // A laptop that wakes up, or a phone that is looked at again.
  addEventListener("online", open);
}
