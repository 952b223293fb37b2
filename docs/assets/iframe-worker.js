// Search in a page opened from a folder: browsers start no worker for file: addresses, so the worker's script
// runs in a hidden frame instead. Served over http, nothing here happens.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(address) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      document.body.append(frame)
      this.room = frame.contentWindow
      this.room.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }))
      this.ready = new Promise((resolve, reject) => {
        const script = this.room.document.createElement("script")
        script.src = address
        script.onload = resolve
        script.onerror = () => reject(new Error("search could not be loaded: " + address))
        this.room.document.body.append(script)
      })
    }

    postMessage(data) {
      this.ready.then(() => this.room.dispatchEvent(new this.room.MessageEvent("message", { data })))
    }
  }
}
