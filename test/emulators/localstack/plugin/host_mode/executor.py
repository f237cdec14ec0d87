"""Runs each Lambda environment as a Node process of this machine, in place of a container.

One line of JSON goes in on the process's stdin for each invocation, one comes back on a pipe of its own. What the
function prints goes to a file, which is read after each answer, so that no line of a log is lost or mixed up.
"""

import json
import os
import select
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from localstack import config
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import (
    LambdaRuntimeException,
    RuntimeExecutor,
)

RUNNER = Path(__file__).with_name("run-function.mjs")
NODE = shutil.which("node")
LOOPBACK = "127.0.0.1"


class ProcessEnded(Exception):
    """The function's process closed its answers: it exited or was killed."""


class NodeProcess:
    """A process that has loaded one function, and the pipe of its answers."""

    def __init__(self, env: dict[str, str], log):
        read_end, write_end = os.pipe()
        self.answers = read_end
        self.buffer = b""
        try:
            self.process = subprocess.Popen(
                [NODE, str(RUNNER), str(write_end)],
                cwd=env["LAMBDA_TASK_ROOT"],
                env=env,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=(write_end,),
            )
        finally:
            os.close(write_end)

    def runs(self) -> bool:
        return self.process.poll() is None

    def send(self, message: dict) -> None:
        try:
            self.process.stdin.write(json.dumps(message).encode() + b"\n")
            self.process.stdin.flush()
        except OSError as error:
            raise ProcessEnded() from error

    def receive(self, seconds: float) -> dict | None:
        """The next answer, or None when there is none in time."""
        until = time.monotonic() + seconds
        while b"\n" not in self.buffer:
            left = until - time.monotonic()
            if left <= 0:
                return None
            poll = select.poll()
            poll.register(self.answers, select.POLLIN)
            if not poll.poll(left * 1000):
                continue
            chunk = os.read(self.answers, 65536)
            if not chunk:
                raise ProcessEnded()
            self.buffer += chunk
        line, _, self.buffer = self.buffer.partition(b"\n")
        return json.loads(line)

    def kill(self) -> int:
        self.process.kill()
        code = self.process.wait()
        self.process.stdin.close()
        os.close(self.answers)
        return code


class ProcessExecutor(RuntimeExecutor):
    """What LocalStack asks of whatever runs its functions."""

    def __init__(self, id, function_version):
        super().__init__(id=id, function_version=function_version)
        self.env: dict[str, str] = {}
        self.node: NodeProcess | None = None
        self.log = None
        self.log_read = 0
        self.lock = threading.RLock()

    def start(self, env_vars):
        code = self.function_version.config.code.get_unzipped_code_location()
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/tmp"),
            **{name: str(value) for name, value in env_vars.items() if value is not None},
            "LAMBDA_TASK_ROOT": str(code),
        }
        self.log = tempfile.TemporaryFile(prefix="function-log-", buffering=0)
        self._begin()

    def _begin(self):
        self.node = NodeProcess(self.env, self.log)
        try:
            answer = self.node.receive(config.LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT)
        except ProcessEnded:
            answer = {"type": "error", "error": failure("Runtime.ExitError", self._printed()[-2000:])}
        if answer is None:
            self._end()
            raise LambdaRuntimeException("the function was not loaded in time")
        if answer["type"] == "error":
            self._end()
            raise StatusErrorException("the function failed to load", json.dumps(answer["error"]).encode())

    def stop(self):
        self._end()
        if self.log:
            self.log.close()
            self.log = None

    def _end(self) -> int | None:
        with self.lock:
            node, self.node = self.node, None
        return node.kill() if node else None

    def invoke(self, payload):
        request = payload["invoke-id"]
        seconds = float(self.function_version.config.timeout)
        begun = time.monotonic()
        try:
            if self.node is None or not self.node.runs():
                # It ended, by itself or for taking too long. As on AWS, the next event finds a new one.
                self._end()
                self._begin()
            self.node.send(
                {
                    "requestId": request,
                    "arn": payload["invoked-function-arn"],
                    "deadline": (time.time() + seconds) * 1000,
                    "event": payload["payload"],
                }
            )
            answer = self.node.receive(seconds)
            if answer is None:
                self._end()
                answer = {"type": "error", "error": failure("Sandbox.Timedout", f"{request} Task timed out after {seconds:.2f} seconds")}
        except (ProcessEnded, AttributeError):
            # AttributeError: stop() took the process away meanwhile.
            answer = {"type": "error", "error": failure("Runtime.ExitError", f"{request} the process ended with {self._end()}")}
        took = (time.monotonic() - begun) * 1000
        failed = answer["type"] == "error"
        body = json.dumps(answer["error"]) if failed else answer["body"]
        logs = (
            f"START RequestId: {request} Version: {self.function_version.id.qualifier}\n{self._printed()}"
            f"{body + chr(10) if failed else ''}END RequestId: {request}\nREPORT RequestId: {request}\tDuration: {took:.2f} ms\n"
        )
        return InvocationResult(request, body.encode(), is_error=failed, logs=logs)

    def _printed(self) -> str:
        """What the function printed since it was last asked."""
        if self.log is None:
            return ""
        size = os.fstat(self.log.fileno()).st_size
        text = os.pread(self.log.fileno(), size - self.log_read, self.log_read).decode(errors="replace")
        self.log_read = size
        return text if not text or text.endswith("\n") else text + "\n"

    def get_logs(self):
        return self._printed()

    def get_address(self):
        return LOOPBACK

    def get_endpoint_from_executor(self):
        # The functions' AWS_ENDPOINT_URL is made of this.
        return LOOPBACK

    def get_runtime_endpoint(self):
        return f"http://{LOOPBACK}:{config.GATEWAY_LISTEN[0].port}/_localstack_lambda/{self.id}"

    @classmethod
    def prepare_version(cls, function_version):
        runtime = function_version.config.runtime or ""
        if not runtime.startswith("nodejs"):
            raise LambdaRuntimeException(f"only functions for Node run here, not {runtime}")
        if function_version.config.code:
            function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        pass

    @classmethod
    def validate_environment(cls):
        return NODE is not None


def failure(kind: str, message: str) -> dict:
    return {"errorType": kind, "errorMessage": message}
