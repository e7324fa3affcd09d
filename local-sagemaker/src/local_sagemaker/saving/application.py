"""In front of the server: saves its state into a file of this machine, and loads it.

/_local_aws/save  POST {"file": path}: 409 while something runs
/_local_aws/load  POST {"file": path}: into a server that has been asked for nothing yet; answers
                  once the endpoints do, with those that cannot
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Request, Response

from local_sagemaker.protocol.wsgi import WsgiApplication
from local_sagemaker.saving.decoder import Decoder
from local_sagemaker.saving.encoder import Encoder, Keep
from local_sagemaker.saving.errors import BusyError, DamagedError, SavingError
from local_sagemaker.saving.saved_file import SavedFile, write
from local_sagemaker.saving.state import Places, ServerState
from local_sagemaker.saving.traffic import Traffic

SAVE_PATH = "/_local_aws/save"
LOAD_PATH = "/_local_aws/load"
_logger = logging.getLogger(__name__)


class SavingApplication:
    """Wraps the application of the server, whose state this is."""

    def __init__(self, application: WsgiApplication, state: ServerState) -> None:
        self._traffic = Traffic(application)
        self._state = state
        self._carry_out: dict[str, Callable[[Path], dict[str, Any]]] = {
            SAVE_PATH: self._save,
            LOAD_PATH: self._load,
        }

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        carry_out = self._carry_out.get(environ["PATH_INFO"])
        if carry_out is None or environ["REQUEST_METHOD"] != "POST":
            return self._traffic(environ, start_response)
        return _answer(carry_out, Request(environ))(environ, start_response)

    def _save(self, file: Path) -> dict[str, Any]:
        """Write the state down, in a moment in which nothing happens."""
        self._check_work()
        with self._traffic.stillness():
            self._check_work()
            write(file, self._written)
        _logger.info("saved into %s", file)
        return {}

    def _check_work(self) -> None:
        work = self._state.work
        if work:
            raise BusyError(work)

    def _check_untouched(self) -> None:
        if not self._traffic.is_untouched:
            raise SavingError(
                "Local AWS is not empty. A state is loaded into a new one: stop it, and start it "
                "again."
            )

    def _written(self, keep: Keep) -> dict[str, Any]:
        places = self._state.places
        encoder = Encoder(self._state.anchors(places), keep)
        root = encoder.encode(self._state.collected(places))
        return {"places": asdict(places), "root": root, "nodes": encoder.nodes}

    def _load(self, file: Path) -> dict[str, Any]:
        """Bring the state here; nothing has changed when SavingError is raised."""
        with SavedFile(file) as saved:
            try:
                self._check_untouched()
                with self._traffic.stillness():
                    self._check_untouched()
                    places = Places.read(saved.state.get("places"))
                    nodes = saved.state.get("nodes")
                    decoder = Decoder(nodes, self._state.anchors(places), saved.content)
                    self._state.restore(places, decoder.decode(saved.state.get("root")))
                    self._traffic.is_untouched = False
            except DamagedError as fault:
                raise saved.damaged(str(fault)) from fault
        _logger.info("loaded from %s", file)
        return {"FailedEndpoints": self._state.resume(places)}


def _answer(carry_out: Callable[[Path], dict[str, Any]], request: Request) -> Response:
    try:
        file = Path(json.loads(request.get_data())["file"])
    except (KeyError, TypeError, ValueError, RecursionError):
        return _json({"message": 'Give the path of a file: {"file": "/tmp/state.zip"}.'}, 400)
    try:
        return _json(carry_out(file), 200)
    except BusyError as error:
        return _json({"message": str(error)}, 409)
    except SavingError as error:
        return _json({"message": str(error)}, 400)


def _json(content: Any, status: int) -> Response:
    return Response(json.dumps(content), status=status, content_type="application/json")
