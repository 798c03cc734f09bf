# SPDX-License-Identifier: Apache-2.0
j -h
