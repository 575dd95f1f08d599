(function look(seen) {
  setTimeout(function () {
    fetch(location.href, { cache: "no-store" })
      .then(function (answer) { return answer.text(); })
      .then(function (text) {
        var main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
        if (main && main.dataset.state === document.querySelector("main").dataset.state) look(seen + 1);
        else location.replace(location.href);
      }, function () { look(seen + 1); });
  }, seen < 30 ? 1500 : 10000);
})(0);
